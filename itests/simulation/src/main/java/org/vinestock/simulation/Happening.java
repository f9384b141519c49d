package org.vinestock.simulation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.canary.Then;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.placement.PlacementOperations.Demanded;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.simulation.plugin.Behaviour;

/** Something that happens in a story. All that it names is named by the story, so that it means the same without the others. */
public sealed interface Happening {
    /** When, after the story's beginning. */
    Duration at();

    /** Somebody wants a VM. */
    record Create(
            Duration at,
            VmId vm,
            long millicores,
            ByteCount memory,
            @Nullable String app) implements Happening {}

    /** Somebody wants a VM no longer. */
    record Delete(Duration at, VmId vm) implements Happening {}

    /** Somebody starts a VM. */
    record Start(Duration at, VmId vm) implements Happening {}

    /** Somebody stops a VM. */
    record Stop(Duration at, VmId vm) implements Happening {}

    /** Somebody gives a rule. */
    record Rule(Duration at, RuleId id, Demanded demand, String app, Domain per, List<String> names, int count)
            implements Happening {}

    /** A host, a rack or a zone loses its power. */
    record Fail(Duration at, String target) implements Happening {}

    /** A host, a rack or a zone, or all of them, get their power back. */
    record Heal(Duration at, @Nullable String target) implements Happening {}

    /** Somebody keeps new VMs away from a host, or lets them come again. */
    record Maintenance(Duration at, HostId host, boolean on) implements Happening {}

    /** Somebody cancels the newest task but so many. */
    record Cancel(Duration at, int before) implements Happening {}

    /** Messages to and from hosts are slow, lost and doubled for a while. */
    record Weather(Duration at, String target, Duration lasts, Duration slow, int lostPercent, int doubledPercent)
            implements Happening {}

    /** Hosts are cut off for a while; their VMs run on. */
    record Cut(Duration at, String target, Duration lasts) implements Happening {}

    /** Hosts report what was true a while ago. */
    record Stale(Duration at, String target, Duration lasts) implements Happening {}

    /** A vendor's strategy comes. */
    record Arrive(Duration at, String strategy, Behaviour behaviour) implements Happening {}

    /** Somebody lets a strategy decide. */
    record Promote(Duration at, String strategy) implements Happening {}

    /** Somebody takes the former strategy back. */
    record Rollback(Duration at) implements Happening {}

    /** A vendor's strategy goes. */
    record Depart(Duration at, String strategy) implements Happening {}

    /** The control plane dies at once, and starts again some time later. */
    record Restart(Duration at, Duration down) implements Happening {}

    /** Acting is frozen, or no longer. */
    record Freeze(Duration at, boolean on) implements Happening {}

    /** Somebody bounds how many VMs the machine restarts at once, in an hour, and how soon the same one again; 0 = no limit. */
    record Budget(Duration at, int atOnce, int perHour, Duration coolDown) implements Happening {}

    /** Somebody says how far the machine may go by itself when it restarts VMs. */
    record SetMode(Duration at, Mode mode) implements Happening {}

    /** Somebody approves or rejects one of the tasks that the machine proposes, if there are any. */
    record Answer(Duration at, boolean approve, int which) implements Happening {}

    /** Somebody lets a strategy decide about a share of the VMs for a while. */
    record Canary(Duration at, String strategy, int percent, Duration lasts, List<String> abortIf, Then then)
            implements Happening {}

    /** Somebody sets the clock. */
    record Clock(Duration at, Duration by) implements Happening {}

    /** The provider of an area leaves for a while. */
    record Leave(Duration at, String area, Duration away) implements Happening {}
}
