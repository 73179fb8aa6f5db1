"""Words for what the core knows by short names."""

from django.utils.translation import gettext as _

from commonground.partnership.own import Band


def band_words(band: Band) -> str:
    """What a band is called on a page."""
    return {Band.HIGH: _("Matters most"), Band.MIDDLE: _("In between"), Band.LOW: _("Matters least")}[band]
