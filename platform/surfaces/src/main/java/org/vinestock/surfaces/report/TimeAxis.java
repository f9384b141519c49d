package org.vinestock.surfaces.report;

/**
 * The unit in which a time axis is read.
 *
 * @param seconds of one unit
 */
record TimeAxis(String unit, double seconds) {
    static TimeAxis upTo(double seconds) {
        if (seconds > 4 * 86_400) {
            return new TimeAxis("d", 86_400);
        } else if (seconds > 3 * 3_600) {
            return new TimeAxis("h", 3_600);
        } else if (seconds > 3 * 60) {
            return new TimeAxis("min", 60);
        }
        return new TimeAxis("s", 1);
    }
}
