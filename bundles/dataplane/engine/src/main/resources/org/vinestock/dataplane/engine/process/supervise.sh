#!/bin/sh
# Keeps a block process alive: supervise FOLDER JAVA CLASSPATH [VERSION]. Status 0 means that it is not wanted any more.
# One that keeps dying is started ever more slowly, up to every 5 s. Memory: 128 MiB of heap, 128 MiB beside it, at most.
folder=$1 java=$2 classpath=$3 version=${4:-}
# One supervisor a folder; it holds descriptor 9 as long as it lives, and its child does not.
exec 9>"$folder/supervisor.lock"
flock -n 9 || exit 0
echo $$ >"$folder/supervisor.pid"
umask 077
ulimit -n 4096 2>/dev/null
ulimit -c 0
quick=0
while :; do
    began=$(date +%s)
    "$java" -Xms16m -Xmx128m -XX:+UseSerialGC -XX:MaxDirectMemorySize=128m -XX:ReservedCodeCacheSize=32m \
        -XX:MaxMetaspaceSize=48m -Xss512k -XX:TieredStopAtLevel=4 -XX:+ExitOnOutOfMemoryError -Xshare:auto \
        -XX:-UsePerfData -XX:ErrorFile="$folder/died.log" "-Dvinestock.product=$version" -cp "$classpath" \
        org.vinestock.dataplane.engine.process.BlockProcess "$folder" 9>&- 2>"$folder/stderr" &
    echo $! >"$folder/pid"
    wait $!
    status=$?
    [ $status = 0 ] && exit 0
    if [ $(($(date +%s) - began)) -ge 10 ]; then quick=0; else quick=$((quick + 1)); fi
    case $quick in
        0 | 1 | 2) ;;
        3 | 4 | 5) sleep 0.5 ;;
        *) sleep 5 ;;
    esac
done
