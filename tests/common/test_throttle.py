import doctest

from common import throttle


def test_the_examples_hold():
    assert doctest.testmod(throttle).failed == 0


def test_so_many_are_let_through_and_the_next_is_not():
    assert [throttle.is_over("a", 3, 60) for _ in range(5)] == [False, False, False, True, True]
    assert not throttle.is_over("b", 3, 60)


def test_looking_does_not_count():
    for _ in range(9):
        assert not throttle.is_over("a", 2, 60, count=False)
    throttle.is_over("a", 2, 60)
    throttle.is_over("a", 2, 60)
    assert throttle.is_over("a", 2, 60, count=False)


def test_the_window_ends():
    assert not throttle.is_over("a", 1, 1)
    assert throttle.is_over("a", 1, 1)
    throttle.cache.clear()
    assert not throttle.is_over("a", 1, 1)


def test_an_address_in_other_clothes_is_the_same_network():
    assert throttle.prefix_of("::ffff:203.0.113.9") == "203.0.113.0/24"
