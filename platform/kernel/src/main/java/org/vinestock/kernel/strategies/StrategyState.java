package org.vinestock.kernel.strategies;

/**
 * How far a strategy is at its point.
 *
 * <table>
 * <caption>What happens in each state</caption>
 * <tr><th>state</th><th>what the machine does</th><th>what a person should do</th></tr>
 * <tr><td>REFUSED</td><td>never asks it; says why</td><td>read the reason, deploy a repaired version</td></tr>
 * <tr><td>SHADOW</td><td>asks it after the answer has left; counts agreement, violations, latency</td>
 *   <td>look at {@code strategy:info}; promote it, or retire it</td></tr>
 * <tr><td>CANARY</td><td>lets it decide about a share of the subjects, or those with some labels, always the same ones;
 *   one at a point; makes it SHADOW again with an alarm that has the numbers when one of its conditions breaks or its breaker
 *   opens; when its time is over, SHADOW with a report, or ACTIVE if that was wanted and it was asked often enough</td>
 *   <td>look at {@code strategy:info}; promote it, or {@code strategy:rollback}, which ends the trial</td></tr>
 * <tr><td>ACTIVE</td><td>lets it decide, one at a point; while its breaker is open the fallback answers</td>
 *   <td>roll back if it does not do well</td></tr>
 * <tr><td>STANDBY</td><td>keeps it warm, asks it like a shadow; lets it decide while the ACTIVE is absent; makes it
 *   ACTIVE at a rollback and when the ACTIVE is retired or quarantined; one at a point</td><td>nothing</td></tr>
 * <tr><td>RETIRED</td><td>does not ask it, keeps what is known of it</td>
 *   <td>take its jar out of {@code deploy/}; or promote it again</td></tr>
 * <tr><td>QUARANTINED</td><td>never asks it again: a call did not return, or the process died in one</td>
 *   <td>read the alarm with the thread and its stack, deploy a repaired version, or the same again to try it as SHADOW; a stuck thread ends with the
 *   process</td></tr>
 * <tr><td>ABSENT</td><td>knows it, but its jar or area is not there; gives it its former state when it comes back</td>
 *   <td>bring it back, or retire it</td></tr>
 * </table>
 */
public enum StrategyState {
    /** It may not run: it broke its contract or could not be installed. */
    REFUSED,
    /** It is asked after the answer has left, and decides nothing. */
    SHADOW,
    /** It decides about some of the subjects, for a while. */
    CANARY,
    /** It decides. */
    ACTIVE,
    /** It decided before, and is kept warm. */
    STANDBY,
    /** It is not asked. */
    RETIRED,
    /** It is kept from running because of what it did. */
    QUARANTINED,
    /** It is known, but not there. */
    ABSENT;

    /** Whether it may be made ACTIVE by a person. */
    public boolean promotable() {
        return this == SHADOW || this == STANDBY || this == RETIRED || this == CANARY;
    }

    /** Whether it is called at all. */
    public boolean called() {
        return this == SHADOW || this == CANARY || this == ACTIVE || this == STANDBY;
    }
}
