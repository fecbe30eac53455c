#!/usr/bin/env bash
# Starts 100,000 orchestrations that wait for an event, in one JVM with a heap of 1 GB; shows what
# they hold while they wait; then releases all of them and checks the sum of their results.
#
# Build first: mvn -q -DskipTests package
# Usage: samples/waiting.sh [--instances N] [--journal DIR]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/target/durable-samples.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -f "$jar" ] || { echo "There is no $jar; run mvn -q -DskipTests package first" >&2; exit 2; }

exec "$java" -Xmx1g -cp "$jar" io.durable4j.samples.waiting.Waiting "$@"
