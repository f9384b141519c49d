package org.vinestock.store.sql;

import java.sql.SQLException;
import org.vinestock.model.VinestockException;

/** Something to be written in one transaction with whatever else waits. The group writer's thread calls it. */
interface Write {
    /** Adds its statements. Called once. */
    void add(Batches batches) throws SQLException;

    /** It is durable. */
    void done();

    /** It may or may not be durable; the store is lost. */
    void failed(VinestockException because);
}
