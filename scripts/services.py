"""Run a command with PostgreSQL and Redis in its environment, after a look that they are there.

BENCHLEARN_TEST_POSTGRES_URL   default postgres://postgres@127.0.0.1:5432/postgres
BENCHLEARN_TEST_REDIS_URL      default redis://127.0.0.1:6379/15
"""

import os
import sys

import psycopg
import redis

POSTGRES = "BENCHLEARN_TEST_POSTGRES_URL"
REDIS = "BENCHLEARN_TEST_REDIS_URL"
DEFAULTS = {
    POSTGRES: "postgres://postgres@127.0.0.1:5432/postgres",
    REDIS: "redis://127.0.0.1:6379/15",
}


def url(name: str) -> str:
    return os.environ.get(name) or DEFAULTS[name]


def check_postgres() -> None:
    try:
        psycopg.connect(url(POSTGRES), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        sys.exit(f"No PostgreSQL at {url(POSTGRES)}: {error}Start it, or set {POSTGRES}.")


def check_redis() -> None:
    try:
        redis.Redis.from_url(url(REDIS), socket_connect_timeout=5).ping()
    except redis.RedisError as error:
        sys.exit(f"No Redis at {url(REDIS)}: {error}\nStart it, or set {REDIS}.")


def main() -> None:
    check_postgres()
    check_redis()
    os.environ["BENCHLEARN_DATABASE_URL"] = url(POSTGRES)
    os.environ["BENCHLEARN_BROKER_URL"] = url(REDIS)
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
