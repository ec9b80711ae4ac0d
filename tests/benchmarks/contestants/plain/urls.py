"""The addresses of the plain contestant."""

from rest_framework.routers import SimpleRouter

from tests.benchmarks.contestants.plain.views import Stances

router = SimpleRouter()
router.register("stances", Stances)
urlpatterns = router.urls
