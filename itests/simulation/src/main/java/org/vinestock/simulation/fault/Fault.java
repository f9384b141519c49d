package org.vinestock.simulation.fault;

import java.util.function.Supplier;
import org.vinestock.simulation.Setup;
import org.vinestock.simulation.Verdict;
import org.vinestock.simulation.plugin.Behaviour;

/** Faults to be planted, with the invariant that finds them. */
public enum Fault {
    /** A guardrail is left out: nobody minds room. */
    OVERFILLS("capacity", () -> careless(Behaviour.OVERFILLS)),
    /** A guardrail is left out: nobody minds whether a host is up. */
    TAKES_HOSTS_THAT_ARE_DOWN("placement", () -> careless(Behaviour.OVERFILLS)),
    /** A guardrail is left out: nobody minds rules. */
    BREAKS_RULES("rules", () -> careless(Behaviour.BREAKS_RULES)),
    /** Hosts do not check epochs. */
    LETS_OLD_EPOCHS_THROUGH("epochs", () -> Setup.SOUND.hosts(ForgetfulHosts::new)),
    /** A host's neighbour does what the host is told, too. */
    RUNS_A_VM_TWICE("one owner", () -> Setup.SOUND.hosts(DoublingHosts::new)),
    /** A doubled message is acted on twice. */
    ACTS_TWICE_ON_A_DOUBLED_MESSAGE("unasked", () -> Setup.SOUND.hosts(TogglingHosts::new)),
    /** The inventory counts twice now and then. */
    SKIPS_A_REVISION("gap-free revisions", () -> Setup.SOUND.inventory(SkippingInventory::new)),
    /** From some time on nobody is woken any more. */
    LOSES_WAKES("settled", () -> Setup.SOUND.inventory(SilentInventory::new)),
    /** The disk loses what it acknowledged. */
    LOSES_WHAT_WAS_ACKNOWLEDGED("acknowledged", () -> Setup.SOUND.lostWrites(3)),
    /** That a task ended is never written down, so that it holds its objects for ever. */
    NEVER_RELEASES_A_CLAIM("tasks", () -> Setup.SOUND.journal(ForgetfulJournal::new)),
    /** What the machine does counts for no budget. */
    COUNTS_NOTHING("budgets", () -> Setup.SOUND.machines(WrongMachines.thatCountsNothing())),
    /** What the last hour took is gone after a restart. */
    FORGETS_THE_LAST_HOUR("budgets", () -> Setup.SOUND.journal(LossyJournal::ofBudgets)),
    /** The machine acts where it may only advise. */
    MINDS_NO_MODE("modes", () -> Setup.SOUND.machines(WrongMachines.ofAnotherFunction())),
    /** A canary decides about a VM once, and once it does not. */
    IS_FICKLE_ABOUT_A_CANARY("canary", Fault::fickle),
    /** Nobody sees that the clock is set. */
    IS_BLIND_TO_THE_CLOCK("canary", Setup.SOUND::withoutWatch),
    /** What people did is not in the audit. */
    FORGETS_A_DEED("audit", () -> Setup.SOUND.journal(LossyJournal::ofDeeds)),
    /** A decision is not in the archive. */
    LOSES_A_DECISION("archive", () -> Setup.SOUND.archives(LossyArchives::new)),
    /** A task of a lane throws. */
    FAILS_ON_A_LANE("lane", () -> Setup.SOUND.more(new StrayArea(StrayArea.Way.FAILS))),
    /** What is written depends on what ran before in this process. */
    GOES_ANOTHER_WAY_EACH_TIME(Verdict.DIFFERS, () -> Setup.SOUND.more(new StrayArea(StrayArea.Way.COUNTS))),
    /** What is written depends on where objects are in memory. */
    GOES_THE_WAY_OF_A_HASH(Verdict.DIFFERS, () -> Setup.SOUND.more(new StrayArea(StrayArea.Way.HASHES))),
    /** What is written depends on a number that each JVM draws for itself; only another JVM can tell. */
    GOES_THE_WAY_OF_A_JVM("", () -> Setup.SOUND.more(new StrayArea(StrayArea.Way.SALTED)));

    private final String foundBy;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final Supplier<Setup> setup;

    Fault(String foundBy, Supplier<Setup> setup) {
        this.foundBy = foundBy;
        this.setup = setup;
    }

    private static Setup fickle() {
        FickleSubjects placement = new FickleSubjects();
        return Setup.SOUND.areas(placement, placement.machines());
    }

    private static Setup careless(Behaviour behaviour) {
        CarelessPlacement placement = new CarelessPlacement(behaviour);
        return Setup.SOUND.areas(placement, placement.machines());
    }

    /** The invariant that finds it. */
    public String foundBy() {
        return foundBy;
    }

    /** A site with it. */
    public Setup setup() {
        return setup.get();
    }
}
