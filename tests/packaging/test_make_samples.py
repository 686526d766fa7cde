from desktop_app.domain.interchange import dumps
from tests.packaging.recipes import recipe


def test_the_shipped_sample_is_what_its_holdings_give() -> None:
    samples = recipe("make_samples")
    assert dumps(samples.marlow()) == samples.SAMPLE.read_text("utf-8")
