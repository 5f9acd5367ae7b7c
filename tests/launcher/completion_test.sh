#!/usr/bin/env bash
# completion_test.sh SCA: the completion script offers exactly the options that each verb's --help tells.
set -euo pipefail
sca=$1

"$sca" completion bash | bash -n
options() { grep -oE -- '--[a-z][a-z-]*' | sort -u; }
script=$("$sca" completion bash)
verbs=$(sed -n "s/^    '\([a-z-]*\) '\*)\$/\1/p" <<<"$script")
for verb in $verbs; do
  told=$("$sca" "$verb" --help | grep -E '^  (-[a-z],)?--' | sed -E 's/^ +([^ ]+).*/\1/' | options)
  offered=$(sed -n "/^    '$verb '\*)/,/esac ;;/p" <<<"$script" | grep -- '-\*)' | options)
  if [[ $told != "$offered" ]]; then
    diff <(echo "$told") <(echo "$offered") && exit 1
    echo "sca $verb --help (<) and the completion table in cli/completion.cpp (>) differ" >&2
    exit 1
  fi
done
diff <("$sca" --help | grep -oE '^  [a-z][a-z-]*' | tr -d ' ' | sort) <(sort <<<"$verbs")
