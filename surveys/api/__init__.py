"""What this room offers to the API: waves, and what people said in those that are closed."""

from surveys.api.results import router as results
from surveys.api.waves import router as waves

ROUTERS = (waves, results)
