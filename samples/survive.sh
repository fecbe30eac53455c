#!/usr/bin/env bash
# Pulls the plug on the backup twelve times and proves that nothing was lost or recorded twice.
#
# For n = 1..12: a fresh target, journal and audit; the process gets SIGKILL after its n-th copy; then
# it is started again. The copy must equal the source, and no step whose result was in the journal
# when the process died may have run again.
#
# Build first: mvn -q -DskipTests package
# Usage: samples/survive.sh [SOURCE]      default: a small tree with awkward names
set -euo pipefail
export LC_ALL=C.UTF-8

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/target/durable-samples.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -f "$jar" ] || { echo "There is no $jar; run mvn -q -DskipTests package first" >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/survive.XXXXXX")
trap 'rm -rf "$work"' EXIT

make_tree() {
  local root=$1 i
  mkdir -p "$root/deep/er/and deeper" "$root/empty directory/inside" "$root/größe"
  for i in $(seq 1 12); do
    head -c $((i * 997)) /dev/urandom > "$root/file $i.bin"
    head -c $((i * 20011)) /dev/urandom > "$root/deep/er/$i.bin"
    echo "text $i" > "$root/größe/naïve café $i.txt"
  done
  : > "$root/empty"
  printf '\0\1\2' > "$root/deep/er/and deeper/日本語"
  echo x > "$root/.hidden"
  echo x > "$root/a'quote\"and \$dollar"
  ln -s "file 1.bin" "$root/link"
  ln -s nowhere "$root/deep/broken link"
  chmod 755 "$root/file 2.bin"
}

source=${1:-}
if [ -z "$source" ]; then
  source=$work/source
  make_tree "$source"
fi
files=$(find "$source" -type d -name .git -prune -o \( -type f -o -type l \) -print0 | tr -dc '\0' | wc -c)
echo "$files files in $source"

fail() {
  echo "n=$n FAILED: $1" >&2
  cat "$run/first.log" "$run/second.log" >&2 || true
  exit 1
}

check() {
  "$java" -cp "$jar" io.durable4j.samples.backup.AuditCheck "$@" --journal "$run/journal"
}

for n in $(seq 1 12); do
  run=$work/run-$n
  mkdir "$run"
  touch "$run/first.log" "$run/second.log" "$run/audit-2"
  backup=("$java" -jar "$jar" "$source" "$run/copy" --skip .git
    --journal "$run/journal" --max-in-flight 4)

  status=0
  { "${backup[@]}" --audit "$run/audit-1" --kill-after-copy "$n" > "$run/first.log" 2>&1; } \
    2> /dev/null || status=$?
  [ "$status" = 137 ] || fail "the first process ended with $status, not by SIGKILL"

  check committed --keys "$run/keys" > /dev/null || fail "the journal cannot be read after the kill"

  "${backup[@]}" --audit "$run/audit-2" > "$run/second.log" 2>&1 \
    || fail "the second process ended with $?"
  diff -r --no-dereference -x .git "$source" "$run/copy" || fail "the copy differs"
  verdict=$(check verify --keys "$run/keys" --audit "$run/audit-2" --steps $((2 + 2 * files))) \
    || fail "a step ran again or was lost: $verdict"
  echo "n=$n ran-before=$(grep -c ^start "$run/audit-1") $verdict"
done
echo "Survived 12 of 12."
