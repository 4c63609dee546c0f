# One image for web, worker and beat; docker-compose.yml gives each its command.
# LOCK=extra also takes what some installations need: a bucket for files, reports to Sentry.

FROM python:3.13.7-slim-bookworm AS build
ARG LOCK=base
WORKDIR /app
RUN python -m venv /opt/benchlearn
ENV PATH=/opt/benchlearn/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements requirements
# Without the tests of the libraries, a tenth of their room.
RUN pip install --require-hashes -r requirements/${LOCK}.lock \
    && find /opt/benchlearn -type d -name tests -prune -exec rm -r {} +
COPY . .
RUN pip install --no-build-isolation --no-deps -e . \
    && python scripts/translations.py compile \
    && python -m compileall -q platform surveys learningcircles evaluation \
    && pip uninstall -y hatchling pip

FROM python:3.13.7-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && pip uninstall -y pip \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin benchlearn \
    && install -d -o benchlearn -g benchlearn -m 0750 /data /data/static /keys
COPY --from=build /opt/benchlearn /opt/benchlearn
COPY --from=build /app /app
WORKDIR /app
USER 10001
ENV PATH=/opt/benchlearn/bin:$PATH \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    BENCHLEARN_VAR=/data \
    BENCHLEARN_KEYS=/keys \
    BENCHLEARN_WEB_BIND=0.0.0.0:8000 \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=6 \
    CMD ["python", "-I", "scripts/healthcheck.py"]
CMD ["gunicorn", "--config", "python:config.gunicorn", "config.wsgi"]
