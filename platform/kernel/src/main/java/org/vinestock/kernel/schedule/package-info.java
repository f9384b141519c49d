/**
 * Time, threads and chance: {@link org.vinestock.kernel.schedule.LaneScheduler} runs lanes on a bounded pool in real
 * time, {@link org.vinestock.kernel.schedule.SimulatedScheduler} on the caller's thread in simulated time, in an order
 * drawn from a seed. Both keep the promises of {@link org.vinestock.time.Scheduler}.
 */
@NullMarked
package org.vinestock.kernel.schedule;

import org.jspecify.annotations.NullMarked;
