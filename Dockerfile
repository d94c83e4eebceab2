# pg_yield in the official image of PostgreSQL:
#
#   docker build --build-arg PG_MAJOR=18 -t pg_yield .
#   docker run -e POSTGRES_PASSWORD=secret -p 5432:5432 pg_yield
ARG PG_MAJOR=18
FROM postgres:$PG_MAJOR
ARG PG_MAJOR

COPY . /tmp/pg_yield

RUN apt-get update && \
	apt-get install -y --no-install-recommends build-essential postgresql-server-dev-$PG_MAJOR && \
	cd /tmp/pg_yield && \
	make clean && \
	make with_llvm=no && \
	make with_llvm=no install && \
	mkdir -p /usr/share/doc/pg_yield && \
	cp LICENSE README.md /usr/share/doc/pg_yield && \
	rm -r /tmp/pg_yield && \
	apt-get remove -y build-essential postgresql-server-dev-$PG_MAJOR && \
	apt-get autoremove -y && \
	rm -rf /var/lib/apt/lists/*
