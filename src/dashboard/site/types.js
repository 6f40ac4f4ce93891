// The parts of the API's responses that the dashboard reads.

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
 * @property {'crawl' | 'pagination'} kind
 * @property {{ summarize?: boolean }} options
 * @property {Webhook | null} webhook
 * @property {Deliveries} [deliveries]
 * @property {TaskResult | null} result
 * @property {{ code: string, message: string } | null} error
 * @property {string} created_at
 * @property {string | null} started_at
 * @property {string | null} finished_at
 * @property {Record<'self' | 'events' | 'pages' | 'ledger' | 'reasons', string>} links
 *
 * @typedef {object} TaskResult
 * @property {number} pages_per_second
 * @property {number} execution_time
 * @property {number} sections
 * @property {number} links
 * @property {Summaries} [summaries]
 *
 * @typedef {{ made: number, cached: number, missing: number, calls: number, tokens: number, by: string }} Summaries
 *
 * @typedef {{ url: string, events: string[], has_secret: boolean }} Webhook
 *
 * @typedef {{ delivered: number, dropped: number, failures: number, last_error: string | null, ended: boolean }} Deliveries
 *
 * @typedef {{ url: string, title: string }} PageHead
 *
 * @typedef {object} PaginatedList
 * @property {string} id
 * @property {string} pattern
 * @property {'all' | 'representative' | 'sampling'} strategy
 * @property {number | null} total_pages
 * @property {boolean} total_checked
 * @property {boolean} repeats
 * @property {number} page_count
 * @property {(PageHead & { page: number })[]} pages
 *
 * @typedef {{ id: string, name: string, pattern: string, page_count: number, summary: string | null, examples: PageHead[] }} Group
 *
 * @typedef {{ boards: PaginatedList[], board_count: number, groups: Group[], group_count: number }} SiteOverview
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
 * @typedef {object} Hit
 * @property {'found' | 'here' | 'too-far' | 'unreachable'} status
 * @property {{ url: string, title: string, heading: string | null, fragment: string | null }} target
 * @property {number | null} clicks
 * @property {{ instruction: string }[]} steps
 * @property {string} snippet
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
