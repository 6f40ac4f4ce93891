// The parts of the API's answers that the dashboard reads.

/**
 * @typedef {'pending' | 'in_progress' | 'paused' | 'completed' | 'failed' | 'cancelled'} Status
 *
 * @typedef {object} Task
 * @property {string} task_id
 * @property {string} url
 * @property {Status} status
 * @property {number} progress
 * @property {string} message
 * @property {Record<string, number>} counts
 * @property {{ pages_per_second: number, execution_time: number, sections: number, links: number, total_nodes: number } | null} result
 * @property {{ code: string, message: string } | null} error
 * @property {string} created_at
 * @property {string | null} started_at
 * @property {string | null} finished_at
 * @property {Record<'self' | 'events' | 'pages' | 'ledger' | 'reasons', string>} links
 *
 * @typedef {object} Page
 * @property {string} url
 * @property {string} title
 * @property {number} section_count
 * @property {number} link_count
 * @property {string | null} summary
 *
 * @typedef {object} Section
 * @property {string} type
 * @property {string | null} heading
 * @property {string | null} label
 * @property {string} text
 * @property {string | null} summary
 *
 * @typedef {Page & { description: string | null, parsed: { sections: Section[] } }} PageDetail
 *
 * @typedef {object} LedgerRow
 * @property {string} url
 * @property {string} state
 * @property {string | null} reason
 * @property {string | null} detail
 * @property {string | null} target
 *
 * @typedef {{ reason: string, state: string, title: string, count: number }} ReasonCount
 */

export {};
