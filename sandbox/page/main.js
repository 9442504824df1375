// Starts the page: the address, the store, the chats, the columns and the tools.
import * as api from './api.js';
import { address, openAddress } from './address.js';
import { startChats } from './chatlist.js';
import { focused, openChat, showMessage, startColumns } from './columns.js';
import { startKeys } from './keys.js';
import { toast } from './overlays.js';
import { openPanel, startPanels } from './panels.js';
import { store } from './store.js';
import { startRoom } from './room.js';
import { startStoryBar } from './storybar.js';
import { startTheme } from './theme.js';
import './panels/index.js';

const context = { store, api, address, focused, openChat, showMessage, openPanel, toast };

async function start() {
  startTheme();
  openAddress();
  await opened();
  startChats();
  startColumns();
  startPanels(context);
  startKeys();
  startRoom();
  startStoryBar();
  const app = document.getElementById('app');
  const place = () => { app.dataset.at = address.at; app.dataset.panelOpen = address.panel ? 'yes' : 'no'; };
  address.watch(place);
  place();
  app.dataset.ready = 'yes';
  store.on('online', (online) => { app.dataset.online = online ? 'yes' : 'no'; });
}

/** The sandbox may still be starting. */
async function opened() {
  for (;;) {
    try {
      return await store.open();
    } catch (error) {
      toast(`The sandbox does not answer: ${error.message}`, { bad: true });
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

start();
