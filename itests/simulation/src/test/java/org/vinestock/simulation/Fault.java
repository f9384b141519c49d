package org.vinestock.simulation;

import java.util.function.Supplier;

/** Faults to be planted, with what finds them. */
enum Fault {
    OVERFILLS("capacity: ", () -> Setup.SOUND.careless(new CarelessPlacement(false))),
    TAKES_HOSTS_THAT_ARE_DOWN("placement: ", () -> Setup.SOUND.careless(new CarelessPlacement(false))),
    BREAKS_RULES("rules: ", () -> Setup.SOUND.careless(new CarelessPlacement(true))),
    LETS_OLD_EPOCHS_THROUGH("epochs: ", () -> Setup.SOUND.hosts(ForgetfulHosts::new)),
    RUNS_A_VM_TWICE("one owner: ", () -> Setup.SOUND.hosts(DoublingHosts::new)),
    SKIPS_A_REVISION("gap-free revisions: ", () -> Setup.SOUND.inventory(SkippingInventory::new)),
    FAILS_ON_A_LANE("a task of lane stray failed", () -> Setup.SOUND.more(new StrayArea(true))),
    GOES_ANOTHER_WAY_EACH_TIME("the second run went another way", () -> Setup.SOUND.more(new StrayArea(false)));

    private final String foundBy;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final Supplier<Setup> setup;

    Fault(String foundBy, Supplier<Setup> setup) {
        this.foundBy = foundBy;
        this.setup = setup;
    }

    /** How the failure's message begins, after time and revision. */
    String foundBy() {
        return foundBy;
    }

    Setup setup() {
        return setup.get();
    }
}
