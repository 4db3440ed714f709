// The workbench in a browser that runs scripts. Without this file every page still reads and sends.

import { startCards } from "./cards.js";
import { startComposer } from "./composer.js";
import { show, startMessages } from "./messages.js";
import { sendAgain, startOutbox } from "./outbox.js";
import { startPanes } from "./panes.js";
import { refreshRooms, startRail } from "./rail.js";
import { startSidebar } from "./sidebar.js";
import { startStream } from "./stream.js";

startMessages();
startCards();
startPanes();
startRail();
startSidebar();
startComposer();
startOutbox();
startStream({
  opened: sendAgain,
  message(message) {
    show(message);
    refreshRooms();
  },
  rooms: refreshRooms,
});
document.body.dataset.ready = "true";
