# One image for web, worker and beat; docker-compose.yml gives each its command.
FROM python:3.13-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements requirements
RUN pip install --no-cache-dir --require-hashes -r requirements/base.lock
COPY . .
RUN pip install --no-cache-dir --no-build-isolation --no-deps -e . \
    && python scripts/translations.py compile \
    && useradd --system --create-home benchlearn \
    && mkdir -p /data && chown benchlearn /data

USER benchlearn
ENV DJANGO_SETTINGS_MODULE=config.settings.production BENCHLEARN_VAR=/data PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
