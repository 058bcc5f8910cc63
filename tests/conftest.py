"""How the whole suite runs."""

from hypothesis import HealthCheck, settings

# No time is asserted, and the same examples are drawn each time: what fails here failed by the change. To draw others:
# pytest --hypothesis-profile=search
settings.register_profile(
    "suite", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", settings.get_profile("suite"), derandomize=False)
settings.load_profile("suite")
