"""Both ways in, for the tests of faults that are about what comes in."""

import pytest


@pytest.fixture(params=("polling", "webhook"))
def intake(request: pytest.FixtureRequest) -> str:
    return str(request.param)
