"""Remarks of an anonymous wave: apart from everything else that the same person answered."""

from surveys.enums import Channel, ResponseState, WaveMode
from surveys.models import Response, Wave
from surveys.queries import remarks_of


def remarks_stand_apart(wave: Wave) -> bool:
    """Must remarks be kept from the other answers of the same person? In an anonymous wave a remark
    would be a name to who knows the hand; of a file that came in whole, nothing was promised here.
    """
    if wave.mode != WaveMode.ANONYMOUS:
        return False
    answered_here = Response.objects.filter(wave=wave, state=ResponseState.SUBMITTED)
    return answered_here.exclude(channel=Channel.IMPORT).exists()


def loose_remarks(wave: Wave, *, moderated: bool) -> list[tuple[str, str]]:
    """Item and text of each remark, in the order of the alphabet; none where remarks stand beside
    the other answers of their response. `moderated`: for who may
    read only what the coordinator released.
    """
    if moderated or not remarks_stand_apart(wave):
        return []
    return [(remark.item.code, remark.text) for remark in remarks_of(wave)]
