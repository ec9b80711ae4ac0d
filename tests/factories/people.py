"""Users; a password is set only if one is given, since hashing it takes time."""

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory


class UserFactory(DjangoModelFactory):
    """Somebody of the team: `UserFactory(groups=["editors"])`;
    by default in no group, not staff.
    """

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    is_staff = False
    password = factory.PostGenerationMethodCall("set_unusable_password")

    @factory.post_generation
    def groups(self, create, names, **extra):
        """Put the user into the groups with these names."""
        if create and names:
            self.groups.set(Group.objects.filter(name__in=names))
