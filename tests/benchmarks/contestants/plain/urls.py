"""The addresses of the plain contestant."""

from rest_framework.routers import SimpleRouter

from tests.benchmarks.contestants.plain.views import Stances
from tests.benchmarks.contestants.plain.writing import Writing

router = SimpleRouter()
router.register("stances", Stances)
router.register("writing", Writing, basename="writing")
urlpatterns = router.urls
