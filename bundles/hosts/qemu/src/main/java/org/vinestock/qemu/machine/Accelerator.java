package org.vinestock.qemu.machine;

/** Who runs a guest's instructions. */
public enum Accelerator {
    /** The CPU itself. */
    KVM("kvm", "host"),
    /** QEMU, translating: slow, but it works anywhere. */
    TCG("tcg", "max");

    private final String option;
    private final String cpu;

    Accelerator(String option, String cpu) {
        this.option = option;
        this.cpu = cpu;
    }

    String option() {
        return option;
    }

    String cpu() {
        return cpu;
    }
}
