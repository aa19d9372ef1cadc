from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with Django's cost, on two lanes: eight would starve a machine of two cores."""

    parallelism = 2
