from django.contrib.auth.hashers import check_password, identify_hasher, make_password


def test_passwords_are_argon2id_on_two_lanes(settings):
    settings.PASSWORD_HASHERS = ["common.hashers.Argon2"]
    encoded = make_password("a long enough password")
    assert encoded.startswith("argon2$argon2id$v=19$m=102400,t=2,p=2$")
    assert check_password("a long enough password", encoded)
    assert not identify_hasher(encoded).must_update(encoded)
