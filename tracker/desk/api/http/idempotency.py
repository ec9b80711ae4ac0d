"""The same request again gets the same answer and does nothing twice,
if it has an `Idempotency-Key`.

What was answered is kept in the transaction of what was done. A request whose key is being worked
on waits for that transaction: then the answer is there, or, if it was refused, the request is the
first one again.
"""

import json
from collections.abc import Callable
from hashlib import sha256

from django.http import HttpResponse
from rest_framework.request import Request

from tracker.desk.api.http.exceptions import RequestRefusedError, of_header
from tracker.desk.api.http.preconditions import IF_MATCH, REASON
from tracker.models import KeptAnswer
from tracker.models.queries import rows_of, run
from tracker.values.problems import InvalidError

KEY = "Idempotency-Key"
KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Change-Set", "Edition", "Link")
MEANT = (IF_MATCH, REASON)
LONGEST_KEY = 200
BAD_KEY = f"write 1 to {LONGEST_KEY} printable characters"
OTHER = "This Idempotency-Key was used for another request in the last 24 hours; take a new one."
FORGET_OWN = """
    DELETE FROM tracker_keptanswer
    WHERE user_id = %s AND key = %s AND made_at NOT BETWEEN now() - interval '1 day'
        AND now() + interval '1 day'
"""
FORGET = """
    DELETE FROM tracker_keptanswer WHERE id IN (
        SELECT id FROM tracker_keptanswer WHERE made_at < now() - interval '1 day'
        ORDER BY made_at LIMIT 100 FOR UPDATE SKIP LOCKED
    )
"""
CLAIM = """
    INSERT INTO tracker_keptanswer (user_id, key, request, headers, body)
        VALUES (%s, %s, %s, '{}', '')
    ON CONFLICT (user_id, key) DO NOTHING RETURNING id
"""


def answered_once(
    request: Request, make: Callable[[], HttpResponse], body: bytes | None = None
) -> HttpResponse:
    """Return the answer that is kept for this request, else make it and keep it,
    in the current transaction.

    `body` stands for a body that is too large to be held.
    """
    key = request.headers.get(KEY)
    if request.method != "POST" or key is None:
        return make()
    if not key.isprintable() or not 0 < len(key) <= LONGEST_KEY:
        raise InvalidError([of_header(KEY, "invalid", BAD_KEY)])
    # All that says what is asked for: of which version and why, too.
    parts = [
        request.method,
        request.get_full_path(),
        *(request.headers.get(name) for name in MEANT),
    ]
    fingerprint = sha256(
        json.dumps(parts).encode() + (request.body if body is None else body)
    ).hexdigest()
    user = int(request.user.pk or 0)
    claimed = _claim(user, key, fingerprint)
    if claimed is None:
        kept = KeptAnswer.objects.get(user=user, key=key)
        if kept.request != fingerprint:
            raise RequestRefusedError(422, OTHER, [of_header(KEY, "reused", OTHER)])
        return HttpResponse(kept.body, status=kept.status or 200, headers=kept.headers)
    response = make()
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    KeptAnswer.objects.filter(pk=claimed).update(
        status=response.status_code, headers=headers, body=response.content.decode()
    )
    return response


def _claim(user: int, key: str, fingerprint: str) -> int | None:
    """Return the id of a new row for a key; None if it has one, which is finished then."""
    run(FORGET_OWN, [user, key])
    run(FORGET)
    return next((pk for (pk,) in rows_of(CLAIM, [user, key, fingerprint])), None)
