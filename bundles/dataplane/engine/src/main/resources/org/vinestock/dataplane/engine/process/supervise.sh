#!/bin/sh
# Keeps a block process alive: supervise FOLDER JAVA CLASSPATH [VERSION]. Status 0 means that it is not wanted any more.
# One that keeps dying is started ever more slowly, up to every 5 s; none if its folder is gone. Memory: 128 MiB of heap,
# 128 MiB beside it, at most.
folder=$1 java=$2 classpath=$3 version=${4:-}
# One supervisor a folder; it holds descriptor 9 as long as it lives, and its child does not. One whose process has just
# handed over is about to go: whoever takes over waits for that.
umask 077
if [ -z "${VINESTOCK_LISTENS:-}" ]; then
    exec 9>"$folder/supervisor.lock"
    flock -w 5 9 || exit 0
    echo $$ >"$folder/supervisor.pid"
    # The socket outlives each process, so that whoever connects between two of them waits for the next one: QEMU, once
    # refused, tries again after a second. A shell cannot make one; without perl each process makes its own.
    export VINESTOCK_LISTENS=1
    if command -v perl >/dev/null; then
        # shellcheck disable=SC2016
        exec perl -e 'my $path = shift;
            eval {
                require Socket;
                socket(my $listener, Socket::AF_UNIX(), Socket::SOCK_STREAM(), 0) or die "socket: $!";
                unlink "$path.new";
                bind($listener, Socket::sockaddr_un("$path.new")) or die "$path.new: $!";
                listen($listener, 128) or die "listen: $!";
                chmod 0600, "$path.new";
                rename "$path.new", $path or die "$path: $!";
                open STDIN, "<&", $listener or die "dup: $!";
            };
            warn $@ if $@;
            exec "sh", @ARGV;' "$folder/nbd.sock" "$0" "$@"
    fi
fi
exec 8<&0
# Names of files are UTF-8, whatever the locale of whoever started this.
export LC_ALL=C.UTF-8
ulimit -n 4096 2>/dev/null
ulimit -c 0
quick=0
while [ -d "$folder" ]; do
    began=$(date +%s)
    "$java" -Xms16m -Xmx128m -XX:+UseSerialGC -XX:MaxDirectMemorySize=128m -XX:ReservedCodeCacheSize=32m \
        -XX:MaxMetaspaceSize=48m -Xss512k -XX:TieredStopAtLevel=4 -XX:+ExitOnOutOfMemoryError -Xshare:auto \
        -XX:-UsePerfData -XX:ErrorFile="$folder/died.log" "-Dvinestock.product=$version" -cp "$classpath" \
        org.vinestock.dataplane.engine.process.BlockProcess "$folder" <&8 8<&- 9>&- 2>"$folder/stderr" &
    echo $! >"$folder/pid"
    wait $!
    status=$?
    [ $status = 0 ] && exit 0
    if [ $(($(date +%s) - began)) -ge 5 ]; then quick=0; else quick=$((quick + 1)); fi
    case $quick in
        0 | 1 | 2) ;;
        3 | 4 | 5) sleep 0.5 ;;
        *) sleep 5 ;;
    esac
done
