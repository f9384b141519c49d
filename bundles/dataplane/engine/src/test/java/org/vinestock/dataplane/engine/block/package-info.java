/** Tests of the layers that know no image format. */
package org.vinestock.dataplane.engine.block;
