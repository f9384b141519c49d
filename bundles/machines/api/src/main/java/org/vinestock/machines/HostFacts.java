package org.vinestock.machines;

import java.util.List;

/**
 * What a host is made of, for people and for rules.
 *
 * @param hypervisor such as {@code QEMU 7.2.22}; empty = not said, as all texts here
 * @param accelerator what runs guests' instructions, such as {@code kvm} or {@code tcg}
 * @param because why that one, in a sentence
 * @param cpu the model, as the host names it
 * @param offers names of what its VMs offer, such as {@code Console}, in order
 */
public record HostFacts(String hypervisor, String accelerator, String because, String cpu, List<String> offers) {
    /** Nothing is said. */
    public static final HostFacts NONE = new HostFacts("", "", "", "", List.of());

    /** Copies the list. */
    public HostFacts {
        offers = List.copyOf(offers);
    }

    /** Whether nothing is said. */
    public boolean isNone() {
        return equals(NONE);
    }
}
