# The flows and all that they need, for work pools of containers: docs/scheduling.md.
FROM python:3.11-slim

WORKDIR /opt/cleancopy
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock -c requirements.lock

COPY pyproject.toml README.md LICENSE prefect.yaml ./
COPY cleaners cleaners
COPY flows flows
COPY seeds seeds
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

# Nothing here needs to be root; stores lie on volumes.
RUN useradd --create-home cleancopy && chown cleancopy /opt/cleancopy
USER cleancopy
CMD ["cleancopy", "--help"]
