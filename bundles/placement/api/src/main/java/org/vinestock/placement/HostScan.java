package org.vinestock.placement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Tally;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Violation;
import org.vinestock.placement.rule.CompiledRule;
import org.vinestock.placement.rule.Layout;
import org.vinestock.placement.rule.RowBits;
import org.vinestock.placement.rule.RuleCheck;
import org.vinestock.placement.rule.RuleIndex;

/**
 * Holds one question against the hosts of one snapshot: which ones may take the VM, and why not the others. Strategies find
 * all of them at once by {@link #fitting}, some microseconds at 10,000 hosts, or go over the rows with {@link #fits}; both
 * keep the tally. The guardrails ask {@link #violations}.
 *
 * <p><b>Calls.</b> By one thread, within one answer.
 */
public final class HostScan {
    /** How many hosts a sentence names. */
    private static final int NAMED = 4;

    private static final int FITS = -1;
    private static final int NO_MEMBER = -2;

    private final PlacementQuestion question;
    private final Snapshot snapshot;
    private final Hosts hosts;
    private final Layout layout;
    private final RuleCheck[] rules;
    private final @Nullable OccupantRow own;
    private final @Nullable OccupantRow ownSeen;
    private final int ownRow;
    private final int ownSeenRow;
    private final int cluster;
    private final int[] avoid;
    private final int[] only;
    private final VetoTally tally;

    /** Prepares a question; costs about a microsecond, whatever the size of the site. */
    public HostScan(PlacementQuestion question, Snapshot snapshot) {
        this.question = question;
        this.snapshot = snapshot;
        RuleIndex index = RuleIndex.of(snapshot);
        hosts = snapshot.hosts();
        layout = index.layout();
        own = snapshot.rows(SiteKinds.VM).find(question.vm()).orElse(null);
        ownSeen = snapshot.rows(SiteKinds.VM_OBSERVED).find(question.vm()).orElse(null);
        ownRow = row(own);
        ownSeenRow = row(ownSeen);
        List<CompiledRule> about = index.about(question.labels());
        rules = new RuleCheck[about.size()];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = new RuleCheck(index, about.get(i), question.vm(), snapshot);
        }
        @Nullable ClusterId wanted = question.cluster();
        cluster = wanted == null ? -1 : layout.clusterNumber(wanted.value());
        avoid = rows(question.avoid());
        only = rows(question.only());
        tally = new VetoTally(about);
    }

    private int[] rows(List<HostId> ids) {
        int[] rows = new int[ids.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = hosts.row(ids.get(i));
        }
        return rows;
    }

    private int row(@Nullable OccupantRow occupant) {
        @Nullable HostId host = occupant == null ? null : occupant.host();
        return host == null ? -1 : hosts.row(host);
    }

    /** One past the last row. */
    public int end() {
        return hosts.end();
    }

    /** The hosts. */
    public Hosts hosts() {
        return hosts;
    }

    /** Where the hosts stand. */
    public Layout layout() {
        return layout;
    }

    /** Whether the host of a row may take the VM; counts it in the tally. Ask once a row. */
    public boolean fits(int row) {
        int veto = veto(row);
        if (veto == FITS) {
            tally.fit(1);
            return true;
        }
        if (veto >= 0) {
            tally.veto(veto, 1);
        }
        return false;
    }

    /** Finds all rows whose hosts may take the VM, and counts the others in the tally; instead of {@link #fits}. */
    public RowSet fitting() {
        RoomIndex room = RoomIndex.of(snapshot);
        long[] rows = layout.memberRows(room.chunks());
        int left = layout.members();
        layout.keepUp(rows);
        left = counted(VetoTally.DOWN, left, rows);
        room.keepAccepting(rows);
        left = counted(VetoTally.MAINTENANCE, left, rows);
        if (question.cluster() != null) {
            layout.keepCluster(rows, cluster);
            left = counted(VetoTally.CLUSTER, left, rows);
        }
        for (int avoided : avoid) {
            put(rows, avoided, false);
            left = counted(VetoTally.AVOID, left, rows);
        }
        if (only.length > 0) {
            keepOnly(rows);
            left = counted(VetoTally.ONLY, left, rows);
        }
        keepRoomy(rows, room);
        left = counted(VetoTally.FULL, left, rows);
        for (int i = 0; i < rules.length && left != 0; i++) {
            rules[i].keepAllowed(rows);
            left = counted(VetoTally.RULES + i, left, rows);
        }
        tally.fit(left);
        return new RowSet(rows, left);
    }

    /** Counts for a veto what it left out of so many rows; returns how many there are now. */
    private int counted(int veto, int before, long[] rows) {
        int left = RowBits.count(rows);
        tally.veto(veto, before - left);
        return left;
    }

    private void keepOnly(long[] rows) {
        long[] asked = new long[rows.length];
        for (int row : only) {
            put(asked, row, true);
        }
        for (int chunk = 0; chunk < rows.length; chunk++) {
            rows[chunk] &= asked[chunk];
        }
    }

    private void keepRoomy(long[] rows, RoomIndex room) {
        boolean own = contains(rows, ownRow);
        boolean ownSeen = contains(rows, ownSeenRow);
        room.keepAtLeast(rows, question.millicores(), question.memory().bytes(), hosts);
        // Where the VM itself takes room, the index does not know what is free for it.
        if (own) {
            put(rows, ownRow, !full(ownRow));
        }
        if (ownSeen) {
            put(rows, ownSeenRow, !full(ownSeenRow));
        }
    }

    private static boolean contains(long[] rows, int row) {
        return row >= 0 && row >> 6 < rows.length && (rows[row >> 6] & 1L << row) != 0;
    }

    private static void put(long[] rows, int row, boolean in) {
        if (row >= 0 && row >> 6 < rows.length) {
            long bit = 1L << row;
            rows[row >> 6] = in ? rows[row >> 6] | bit : rows[row >> 6] & ~bit;
        }
    }

    /** The rows of a chunk of 64 where the VM itself takes room: more of it is free there than is said of the host. */
    public long own(int chunk) {
        return bit(chunk, ownRow) | bit(chunk, ownSeenRow);
    }

    private static long bit(int chunk, int row) {
        return row >= 0 && row / RoomIndex.CHUNK == chunk ? 1L << row : 0;
    }

    /** CPU of a row's host that is free for the VM, in thousandths of a core: what the VM has there already counts as free. */
    public long freeMillicores(int row) {
        return hosts.freeMillicores(row) + ownMillicores(row);
    }

    /** Memory of a row's host that is free for the VM, likewise. */
    public long freeMemory(int row) {
        return hosts.freeMemory(row) + ownMemory(row);
    }

    /** How many hosts {@link #fits} found to fit. */
    public int fit() {
        return tally.fit();
    }

    /** How many hosts each rule left out, so far; a host that several rules leave out counts for the first. */
    public List<Tally> vetoes() {
        return tally.vetoes();
    }

    /** The tally in words, such as {@code 24 hosts: 19 fit, 3 full, 2 by rule web-apart}. */
    public String inWords() {
        return tally.inWords();
    }

    /** What is wrong with a host, all of it, with the numbers; empty = it may take the VM. */
    public List<Violation> violations(HostId host) {
        int row = hosts.row(host);
        if (!layout.member(row)) {
            return List.of(new Violation("unknown", host + " is not a host of this site"));
        }
        if (veto(row) == FITS) {
            return List.of();
        }
        List<Violation> found = new ArrayList<>();
        if (!layout.up(row)) {
            found.add(new Violation("down", host + " does not answer"));
        } else if (!hosts.accepts(row)) {
            found.add(new Violation("maintenance", host + " is in maintenance"));
        }
        @Nullable ClusterId wanted = question.cluster();
        if (wanted != null && layout.cluster(row) != cluster) {
            found.add(new Violation(
                    "cluster",
                    host + " is in cluster " + layout.clusterName(layout.cluster(row)) + ", not in " + wanted));
        }
        if (contains(avoid, row)) {
            found.add(new Violation("avoid", host + " is to be avoided"));
        }
        if (only.length > 0 && !contains(only, row)) {
            found.add(new Violation("only", host + " is not " + askedFor()));
        }
        if (full(row)) {
            found.add(new Violation("capacity", room(row)));
        }
        for (RuleCheck rule : rules) {
            if (!rule.allows(row)) {
                found.add(new Violation(rule.rule().id().value(), rule.because(row)));
            }
        }
        return found;
    }

    /** Says how much of a row's host is free, such as {@code h07 has 1.5 of 2 cores free; 2 are needed}. */
    private String room(int row) {
        List<String> parts = new ArrayList<>();
        if (freeMillicores(row) < question.millicores()) {
            parts.add(cores(freeMillicores(row)) + " of " + cores(hosts.millicores(row)) + " cores free; "
                    + cores(question.millicores()) + (question.millicores() == 1000 ? " is" : " are") + " needed");
        }
        if (freeMemory(row) < question.memory().bytes()) {
            parts.add(new ByteCount(Math.max(0, freeMemory(row))) + " of " + new ByteCount(hosts.memory(row))
                    + " memory free; " + question.memory() + " is needed");
        }
        return hosts.id(row) + " has " + String.join(", and ", parts);
    }

    /**
     * Makes the answer that places the VM on the host of {@code row} after all rows were asked about, or refuses it if
     * {@code row} is negative.
     */
    public Answer<Placement> answer(int row, List<Alternative<Placement>> alternatives) {
        Placement choice = row < 0 ? new Placement.Refused(refusal()) : new Placement.Placed(hosts.id(row));
        return new Answer<>(choice, inWords(), alternatives, vetoes());
    }

    /** Says with the numbers why no host can take the VM. */
    private String refusal() {
        String size = cores(question.millicores()) + (question.millicores() == 1000 ? " core" : " cores") + " and "
                + question.memory();
        long most = 0;
        int largest = -1;
        for (int row = 0; row < hosts.end(); row++) {
            if (isAskedFor(row)
                    && hosts.millicores(row) >= question.millicores()
                    && hosts.memory(row) >= question.memory().bytes()) {
                return "no host can take " + question.vm() + " with " + size + " now: " + inWords();
            }
            if (isAskedFor(row) && (largest < 0 || hosts.memory(row) > most)) {
                largest = row;
                most = hosts.memory(row);
            }
        }
        if (largest < 0) {
            return "no host can take " + question.vm() + ": "
                    + (only.length == 0 ? "the site has none" : "the site has none that is " + askedFor());
        }
        String than = only.length == 1
                ? hosts.id(largest) + ", the only host asked for, which"
                : (only.length == 0 ? "any host" : "any host asked for") + "; the largest, " + hosts.id(largest) + ",";
        return question.vm() + " with " + size + " is larger than " + than + " has " + cores(hosts.millicores(largest))
                + " cores and " + new ByteCount(hosts.memory(largest));
    }

    private boolean isAskedFor(int row) {
        return layout.member(row) && (only.length == 0 || contains(only, row));
    }

    private static String cores(long millicores) {
        return BigDecimal.valueOf(Math.max(0, millicores), 3)
                .stripTrailingZeros()
                .toPlainString();
    }

    private int veto(int row) {
        if (!layout.member(row)) {
            return NO_MEMBER;
        } else if (!layout.up(row)) {
            return VetoTally.DOWN;
        } else if (!hosts.accepts(row)) {
            return VetoTally.MAINTENANCE;
        } else if (question.cluster() != null && layout.cluster(row) != cluster) {
            return VetoTally.CLUSTER;
        } else if (avoid.length > 0 && contains(avoid, row)) {
            return VetoTally.AVOID;
        } else if (only.length > 0 && !contains(only, row)) {
            return VetoTally.ONLY;
        } else if (full(row)) {
            return VetoTally.FULL;
        }
        for (int i = 0; i < rules.length; i++) {
            if (!rules[i].allows(row)) {
                return VetoTally.RULES + i;
            }
        }
        return FITS;
    }

    private boolean full(int row) {
        return freeMillicores(row) < question.millicores()
                || freeMemory(row) < question.memory().bytes();
    }

    private static boolean contains(int[] some, int row) {
        for (int each : some) {
            if (each == row) {
                return true;
            }
        }
        return false;
    }

    /** Which hosts are asked for, such as {@code h07}, or {@code one of h07, h08}. */
    private String askedFor() {
        List<String> names = question.only().stream().map(HostId::value).toList();
        if (names.size() > NAMED) {
            return "one of the " + names.size() + " hosts asked for";
        }
        return names.size() == 1
                ? names.get(0) + ", the only host asked for"
                : "one of " + String.join(", ", names) + ", the hosts asked for";
    }

    private long ownMillicores(int row) {
        long wanted = own != null && row == ownRow ? own.millicores() : 0;
        long seen = ownSeen != null && row == ownSeenRow ? ownSeen.millicores() : 0;
        return Math.max(wanted, seen);
    }

    private long ownMemory(int row) {
        long wanted = own != null && row == ownRow ? own.memory() : 0;
        long seen = ownSeen != null && row == ownSeenRow ? ownSeen.memory() : 0;
        return Math.max(wanted, seen);
    }
}
