package org.vinestock.kernel.schedule;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes failed tasks to the log, with the lane's name and the trace. */
public final class LogTaskFailures implements TaskFailures {
    private static final Logger LOG = LoggerFactory.getLogger(LogTaskFailures.class);

    @Override
    public void failed(String lane, Throwable thrown) {
        LOG.error("a task of lane {} failed; the lane goes on", lane, thrown);
    }
}
