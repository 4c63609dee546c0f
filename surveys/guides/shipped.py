"""The guides that ship with Benchlearn."""

from surveys.guides.shipped_fourteen import FOURTEEN
from surveys.guides.shipped_ten import TEN
from surveys.guides.spec import GuideSpec

SHIPPED: tuple[GuideSpec, ...] = (TEN, FOURTEEN)
