import doctest

from common import merge_fields


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(merge_fields).failed == 0
