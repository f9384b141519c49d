package org.vinestock.time;

import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A serial executor: runs one task at a time, in the order in which they were given.
 *
 * <p><b>Calls.</b> From any thread; {@link #execute} never blocks and never runs the task before it returns. What one
 * task of a lane writes, the next one sees.
 *
 * <p><b>Failure.</b> A task that throws is reported with the name of the lane; the lane goes on.
 */
@ProviderType
public interface Lane extends Executor {}
