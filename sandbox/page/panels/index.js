// The tools beside the chats; each module registers its panel.
import { useStyle } from '../dom.js';
import './story.js';
import './chat.js';
import './member.js';
import './people.js';
import './calls.js';
import './events.js';
import './clock.js';
import './failures.js';
import './raid.js';
import './world.js';

useStyle('panels/panels.css');
useStyle('panels/calls.css');
useStyle('panels/story.css');
