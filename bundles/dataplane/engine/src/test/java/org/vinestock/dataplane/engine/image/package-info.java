/** Tests of work on whole images. */
package org.vinestock.dataplane.engine.image;
