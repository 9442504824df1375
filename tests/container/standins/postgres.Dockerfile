FROM dengta-base:1
RUN apt-get update -qq \
    && groupadd --system --gid 999 postgres && useradd --system --uid 999 --gid 999 --home-dir /var/lib/postgresql postgres \
    && mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf \
    && apt-get install -y -qq --no-install-recommends postgresql >/dev/null \
    && ln -s /usr/lib/postgresql/* /usr/lib/postgresql/current \
    && install --directory --owner postgres --group postgres --mode 1777 /var/lib/postgresql/data \
    && install --directory --owner postgres --group postgres --mode 3777 /var/run/postgresql
ENV PATH=/usr/lib/postgresql/current/bin:$PATH PGDATA=/var/lib/postgresql/data
COPY --chmod=755 postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
