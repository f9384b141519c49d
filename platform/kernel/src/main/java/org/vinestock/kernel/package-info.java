/** Makes decisions, runs operations and tasks, looks after plugins. */
@NullMarked
// The control plane registers these by hand while it serves, where bnd does not see them.
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.vinestock.area.Platform,org.vinestock.task.Operations,"
                + "org.vinestock.view.Views,org.vinestock.view.Codec,org.vinestock.decision.Decisions,"
                + "org.vinestock.decision.DecisionFeed\"")
package org.vinestock.kernel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
