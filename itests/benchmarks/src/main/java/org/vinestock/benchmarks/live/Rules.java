package org.vinestock.benchmarks.live;

/** A rule for each group of VMs, of four forms in turn; groups have some hundred VMs. */
final class Rules {
    private static final int STRIDE = 37; // so that VMs of one group stand in different racks

    private Rules() {}

    /** The group of a host's {@code nth} VM. */
    static String app(int host, int nth, int rules) {
        return "a" + Math.floorMod(host + STRIDE * nth, rules);
    }

    /** The parameters of {@code placement.add-rule}. */
    static String json(int number) {
        String demand = switch (number % 4) {
            case 0 -> "\"demand\":\"apart\",\"per\":\"HOST\"";
            case 1 -> "\"demand\":\"capacity\",\"per\":\"RACK\",\"count\":6";
            case 2 -> "\"demand\":\"capacity\",\"per\":\"ZONE\",\"count\":60";
            default -> "\"demand\":\"capacity\",\"per\":\"HOST\",\"count\":2";
        };
        return "{\"id\":\"rule-" + number + "\"," + demand + ",\"group\":\"app=a" + number + "\"}";
    }
}
