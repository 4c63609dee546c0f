"""What this room offers to the API: programmes with who takes part, and figures."""

from benchmarks.api.figures import router as figures
from benchmarks.api.programmes import router as programmes
from benchmarks.api.standings import router as standings

ROUTERS = (programmes, figures, standings)
