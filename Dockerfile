# Plain, without a health check yet; built and run as `docker build -t dengta . && docker run -v dengta:/data -e DENGTA__TELEGRAM__TOKEN=… dengta`.
ARG PYTHON_IMAGE=python:3.12-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
COPY requirements.txt /build/requirements.txt
RUN python3 -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /build/requirements.txt

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin dengta && install -d -o dengta -g dengta /data
COPY --from=build /venv /venv
WORKDIR /app
COPY bot bot
COPY handlers handlers
COPY rules rules
COPY locales locales
COPY migrations migrations
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 SQLITE_TMPDIR=/data \
    DENGTA__STORAGE__URL=sqlite:////data/dengta.db
USER 10001
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
