#!/bin/sh
# Plays helm 3.22 at one release: `helm history --output=json` (cmd/helm/history.go) and `helm rollback` (pkg/action/rollback.go: a new revision,
# pending-rollback at first, then deployed, and the one before superseded).
# The folder $HELM_PLAYED holds:
#   revisions   number, updated, status, chart, app version, description; between them tabs
#   now         the time
#   calls       the command lines it was called with, and environment the names of its variables
#   applied     a line for each time the objects of the cluster were changed
#   fate        what befalls which rollback, counted from now: "lose-call 1", "lose-answer 1", "die-pending 1", "fail 1", "hang 1"
#   complaint   what every call ends with, such as a cluster out of reach
tab=$(printf '\t')
cd "$HELM_PLAYED" || exit 1
echo "$*" >> calls
env | cut -d= -f1 | sort > environment
if [ -f complaint ]; then
  echo "WARNING: Kubernetes configuration file is group-readable. This is insecure." >&2
  cat complaint >&2
  exit 1
fi

newest() { tail -n 1 revisions | cut -f1; }
field() { awk -F"$tab" -v n="$1" -v f="$2" '$1 == n {print $f}' revisions; }
set_status() { awk -F"$tab" -v OFS="$tab" -v from="$1" -v to="$2" '$3 == from {$3 = to} {print}' revisions > next && mv next revisions; }

history() {
  awk -F"$tab" 'BEGIN {printf "["} {printf "%s{\"revision\":%s,\"updated\":\"%s\",\"status\":\"%s\",\"chart\":\"%s\",\"app_version\":\"%s\",\"description\":\"%s\"}", (NR > 1 ? "," : ""), $1, $2, $3, $4, $5, $6} END {print "]"}' revisions
}

rollback() {
  echo >> rollbacks
  read -r what which < fate
  [ "$which" = "$(wc -l < rollbacks | tr -d ' ')" ] || what=none
  [ "$what" = lose-call ] && kill -9 $$
  if [ -z "$(field "$1" 1)" ]; then
    echo "Error: release has no $1 version" >&2
    exit 1
  fi
  next=$(($(newest) + 1))
  printf '%s\t%s\tpending-rollback\t%s\t%s\tRollback to %s\n' "$next" "$(cat now)" "$(field "$1" 4)" "$(field "$1" 5)" "$1" >> revisions
  [ "$what" = die-pending ] && kill -9 $$
  [ "$what" = hang ] && sleep 600
  if [ "$what" = fail ]; then
    set_status deployed superseded
    awk -F"$tab" -v OFS="$tab" -v n="$next" '$1 == n {$3 = "failed"; $6 = "Rollback failed: it would not"} {print}' revisions > next && mv next revisions
    echo "Error: it would not" >&2
    exit 1
  fi
  echo "$1" >> applied
  set_status deployed superseded
  awk -F"$tab" -v OFS="$tab" -v n="$next" '$1 == n {$3 = "deployed"} {print}' revisions > next && mv next revisions
  [ "$what" = lose-answer ] && kill -9 $$
  echo "Rollback was a success! Happy Helming!"
}

case "$1" in
  history) history ;;
  rollback) rollback "$3" ;;
  *) echo "Error: unknown command \"$1\" for \"helm\"" >&2; exit 1 ;;
esac
