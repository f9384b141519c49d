package org.vinestock.area;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Violation;

/**
 * Says what is wrong with a site, whoever made it so: rows that name what is not there, rules that are broken. {@code
 * site.import} refuses what would make more wrong than there is. Among the services of {@link Parts}.
 */
@ConsumerType
@FunctionalInterface
public interface SiteCheck {
    /**
     * Says what is wrong with {@code after}, or with the way from {@code before}; what is the matter with both in the same
     * words is passed over by the caller. Called on any thread; a pure function of the two.
     */
    List<Violation> check(Snapshot before, Snapshot after);

    /**
     * Says what people have to do themselves after the change, a sentence each, such as how to make VMs that are wanted and not
     * there; mostly nothing. Called like {@link #check}.
     */
    default List<String> leftToDo(Snapshot before, Snapshot after) {
        return List.of();
    }
}
