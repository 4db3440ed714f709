"""Cards as HTML fragments for the workbench and the sidebar: they work without script, and the page owns the styles.

There is no ``style`` attribute and no script in a fragment; it is well-formed XML too. Words that people wrote have
``dir="auto"``. A button is ``<button type="submit" name="token">`` in a form that posts to the given address.

Classes:

========================================================== =============================================================
``k-card``                                                 the whole card, an ``article``
``k-neutral k-good k-warning k-bad``                       tone of a card, a text or a row; ``k-sign`` is its sign
``k-heading`` ``k-detail``                                 ``h3`` (the first) or ``h4``; the smaller line below it
``k-text`` ``k-quote`` ``k-context``                       a paragraph; somebody's words; the small print
``k-facts`` > ``k-fact``                                   ``dl`` of ``div`` with ``dt`` and ``dd``
``k-rows`` > ``k-row`` > ``k-main``                        a list; in ``k-main`` are ``k-title k-meta k-detail``
``k-pages`` > ``k-position``                               buttons to the neighbouring pages, and which page this is
``k-progress`` > ``k-label k-value``                       with a ``progress`` element
``k-chart`` > ``k-bars`` > ``k-bar``                       ``figure``; each bar has ``k-label``, an ``svg``, ``k-value``
``k-image`` ``k-divider``                                  ``img``, ``hr``
``k-actions``, ``k-action``                                buttons in a row; the one button of a row of a list
``k-button`` with ``k-normal k-primary k-danger k-link``   ``button`` or ``a``; ``data-confirm``: ask first
``k-menu`` > ``k-options``                                 ``details`` with a ``summary`` that looks like a button
``k-form`` > ``k-field`` > ``k-hint k-error``              a form; ``k-required`` is the star, ``k-choices`` a datalist
========================================================== =============================================================

``data-typeahead="customer"`` (or ``member``) marks an input whose ``datalist`` a script may fill as one types.
"""

from cards.renderers.html.blocks import render
from cards.renderers.html.forms import submitted

__all__ = ["render", "submitted"]
