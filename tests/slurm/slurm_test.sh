#!/usr/bin/env bash
# slurm_test.sh SCA SUBMIT PLAN: a Slurm of one node on this machine runs PLAN in three shards; its records must be those of a
# run without Slurm. Everything of that Slurm lives in a scratch folder, listens on loopback alone, and ends with this script.
# Exit code 77: it cannot be tried here, and why.
set -euo pipefail
sca=$1 submit=$2 plan=$3

skip() {
  printf 'skipped: %s\n' "$*"
  exit 77
}
((EUID == 0)) || skip "slurmd needs root"
for tool in slurmctld slurmd munged sbatch squeue sinfo; do
  command -v "$tool" >/dev/null || PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || skip "no $tool (Debian packages slurm-wlm, munge)"
done
PATH=$PATH:/usr/sbin

scratch=$(mktemp -d /tmp/sca_slurm.XXXXXX)
chmod 755 "$scratch"
daemons=()
finish() {
  local code=$?
  if ((${#daemons[@]})); then kill "${daemons[@]}" 2>/dev/null || true; fi
  wait 2>/dev/null || true
  if ((code != 0 && code != 77)); then tail -n 20 "$scratch"/*.log "$scratch"/shared/log/* 2>/dev/null || true; fi
  rm -rf "$scratch"
}
trap finish EXIT

within() {  # SECONDS COMMAND...: until it succeeds
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

# Ports that nobody listens on: below those that the kernel gives to clients.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# ---- munge and Slurm ------------------------------------------------------------------------------------
mkdir -m 700 "$scratch/munge"
mkdir -m 755 "$scratch/socket" "$scratch/state" "$scratch/spool" "$scratch/shared"
head -c 1024 /dev/urandom >"$scratch/munge/key"
chmod 400 "$scratch/munge/key"
socket=$scratch/socket/munge
munged --foreground --force --num-threads=2 --key-file="$scratch/munge/key" --socket="$socket" \
  --pid-file="$scratch/munge/pid" --log-file="$scratch/munge.log" --seed-file="$scratch/munge/seed" >"$scratch/munged.log" 2>&1 &
daemons+=($!)
within 20 test -S "$socket" || skip "munged does not start: $(tail -n 1 "$scratch/munged.log")"

host=$(hostname -s)
cat >"$scratch/slurm.conf" <<CONF
ClusterName=sca
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$socket
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd.pid
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=10 State=UP
CONF
export SLURM_CONF=$scratch/slurm.conf
slurmctld -D -i -f "$SLURM_CONF" >"$scratch/slurmctld.log" 2>&1 &
daemons+=($!)
slurmd -D -N "$host" -f "$SLURM_CONF" >"$scratch/slurmd.log" 2>&1 &
daemons+=($!)
within 60 bash -c "sinfo -h -o %T | grep -q idle" ||
  skip "no node becomes idle: $(grep -h -E 'fatal|error' "$scratch"/slurm*.log | tail -n 2 | tr '\n' ' ')"

# ---- the plan, with and without -------------------------------------------------------------------------
"$sca" ablate run "$plan" --profile tiny --into "$scratch/alone" --jobs 1
read -r array report < <(SCA=$sca "$submit" "$plan" tiny 3 "$scratch/shared")
printf 'array %s, report %s\n' "$array" "$report"
within 200 bash -c "[[ -z \$(squeue -h) ]]" || {
  squeue
  echo "FAILED: jobs are left"
  exit 1
}
# In a canonical order, without what differs from run to run.
records() { sed -n '/"kind":"run"/p' "$1" | sed -E 's/"seconds":[0-9.e+-]+/"seconds":0/' | sort; }
for shard in 1 2 3; do
  [[ -s $scratch/shared/log/${array}_$shard.log ]] || { echo "FAILED: shard $shard has not run"; exit 1; }
done
[[ -s $scratch/shared/report.md ]] || { echo "FAILED: no report"; exit 1; }
(($(records "$scratch/alone/records.jsonl" | wc -l) == 16)) || { echo "FAILED: the run alone has not its 16 records"; exit 1; }
diff <(records "$scratch/alone/records.jsonl") <(records "$scratch/shared/records.jsonl") ||
  { echo "FAILED: the records differ"; exit 1; }
echo "the same records with Slurm and without"
