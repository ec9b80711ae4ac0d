"""Passwords are hashed as in production, by Argon2, but with little work:
nobody tries to guess those of tests.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher

(
    Argon2PasswordHasher.time_cost,
    Argon2PasswordHasher.memory_cost,
    Argon2PasswordHasher.parallelism,
) = 1, 8, 1
