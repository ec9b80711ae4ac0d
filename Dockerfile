# The tracker behind gunicorn. It needs a PostgreSQL of its own (DATABASE_URL), TRACKER_HOSTS and TRACKER_SECRET_KEY:
# docs/operations.md. Nothing is written outside /tmp, so the root may be read-only.

FROM python:3.13-slim AS build
WORKDIR /srv/tracker
ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
# Before the code, so that a change of code installs nothing again.
COPY requirements/base.txt requirements/
RUN pip install --require-hashes --only-binary :all: -r requirements/base.txt
COPY . .
# Collecting reads the settings of production; the secret is for this one command and signs nothing.
RUN TRACKER_HOSTS=localhost TRACKER_SECRET_KEY=only-for-collecting-0123456789-abcdefghijklmnopqrstuvwxyz \
    python manage.py collectstatic --no-input \
    && python -m compileall -q config tracker

FROM python:3.13-slim
RUN groupadd --gid 10001 tracker && useradd --uid 10001 --gid tracker --no-create-home --shell /usr/sbin/nologin tracker
WORKDIR /srv/tracker
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/tracker .
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WEB_CONCURRENCY=2
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --start-interval=1s \
    CMD ["python", "docker/healthy.py", "live"]
# More processes by WEB_CONCURRENCY, anything else by GUNICORN_CMD_ARGS.
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--worker-class=config.worker.Worker", "--threads=4", "--limit-request-line=8190", "--graceful-timeout=10", "--preload", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
