# The first stage makes packages and byte code, the second holds only what runs. Needs no secret and no `.git`; see docs/docker.md.
ARG PYTHON_IMAGE=python:3.12-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
# Another index of packages, for this stage alone: nothing of it is in the image that is kept.
ARG PIP_INDEX_URL
COPY requirements.txt /build/requirements.txt
RUN python3 -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --only-binary=:all: --require-hashes --requirement /build/requirements.txt \
    && /venv/bin/pip uninstall --yes --quiet pip setuptools
WORKDIR /app
COPY bot bot
COPY handlers handlers
COPY rules rules
COPY locales locales
COPY migrations migrations
RUN chmod -R a+rX . && /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash .

FROM ${PYTHON_IMAGE}
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="dengta" \
      org.opencontainers.image.description="A self-hosted Telegram bot that keeps rules fairly, runs the programme on time and keeps honest books" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}"
RUN groupadd --gid 10001 dengta \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin dengta \
    && install --directory --owner 10001 --group 10001 --mode 0750 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SQLITE_TMPDIR=/data \
    DENGTA__STORAGE__URL=sqlite:////data/dengta.db
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
